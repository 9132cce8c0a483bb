"""Names by which the columns of tables are known: data, in English and Japanese.

English names are compared as a whole and as the last word (``ticket_text``), Japanese names as an ending (``問い合わせ内容``), both after NFKC and
case folding with blanks, hyphens and dots as underscores. A name alone decides nothing: the content must agree.
"""

from __future__ import annotations

TEXT_NAMES = frozenset({
    "text", "texts", "message", "messages", "msg", "body", "description", "descriptions", "subject", "comment", "comments", "inquiry", "enquiry",
    "content", "contents", "question", "questions", "query", "request", "utterance", "sentence", "complaint", "feedback", "review", "summary",
    "details", "detail", "remarks", "remark", "note", "notes", "problem", "answer", "response", "reply", "issue",
})  # fmt: skip
"""Columns that hold what somebody wrote."""

TEXT_ENDINGS = (
    "本文", "内容", "件名", "詳細", "質問", "コメント", "備考", "説明", "概要", "要望", "意見", "感想", "回答", "相談", "経緯", "対応内容",
    "メッセージ", "テキスト", "文章", "苦情",
)  # fmt: skip

LABEL_NAMES = frozenset({
    "label", "labels", "category", "categories", "class", "classification", "queue", "type", "types", "topic", "theme", "intent", "tag", "department",
    "dept", "team", "group", "priority", "severity", "status", "reason", "cause", "product", "component", "area", "sentiment", "polarity",
    "resolution", "outcome", "decision", "disposition",
})  # fmt: skip
"""Columns that hold what the message was taken for, or to whom it went."""

LABEL_PHRASES = frozenset({
    "assigned_to", "assigned_team", "assignment_group", "owner_team", "root_cause",
})  # fmt: skip

LABEL_ENDINGS = (
    "区分", "分類", "カテゴリ", "カテゴリー", "担当部署", "担当部門", "種別", "種類", "部署", "部門", "ラベル", "タグ", "優先度", "重要度", "原因",
    "状態", "ステータス", "判定", "科目", "結果", "テーマ",
)  # fmt: skip

NEITHER_NAMES = frozenset({
    "id", "ids", "no", "number", "num", "key", "uuid", "guid", "date", "time", "datetime", "timestamp", "created", "updated", "closed", "opened",
    "split", "lang", "language", "locale", "url", "email",
})  # fmt: skip
"""Columns that are neither text nor label, whatever they hold."""

NEITHER_ENDINGS = (
    "番号", "日付", "日時", "年月日", "日", "言語", "コード", "氏名", "電話", "メールアドレス", "金額", "単価", "数量",
)  # fmt: skip

ITEM_NAMES = frozenset({
    "id", "ids", "no", "number", "num", "key", "uuid", "guid", "hash", "index", "idx", "item", "items", "document", "doc", "task", "unit", "case",
    "example", "instance", "sample", "hitid", "itemid", "docid", "documentid", "taskid", "unitid", "messageid", "textid", "sentenceid",
})  # fmt: skip
"""Columns that tell which item (message, document, task) a line with one person's label is about."""

ITEM_ENDINGS = ("番号", "id", "no", "コード", "キー", "事例", "文書", "項目", "連番")

RATING_NAMES = frozenset({
    "rating", "ratings", "choice", "choices", "annotation", "annotations", "judgment", "judgement", "verdict", "answer", "response", "result",
    "score", "grade", "code", "vote", "accept", "stance", "emotion", "relevance", "toxicity", "taxonomy",
})  # fmt: skip
"""Columns that hold what a person decided, in a table with one line for each decision; elsewhere such names mean other things too."""

RATING_ENDINGS = ("評価", "評定", "判断", "回答", "選択", "選択肢", "感情", "極性", "採点", "スコア")

STATE_NAMES = frozenset({"status", "resolution", "outcome", "disposition", "priority", "queue"})
"""Columns that say how far a thing has come; people who worked on a ticket one after the other did not label one and the same state of it."""

STATE_ENDINGS = ("状態", "ステータス", "優先度", "進捗", "対応結果")
