"""A mail store with folders that people made and an inbox, for tests."""

from email.message import EmailMessage

ROUTES = {
    "納期照会": "注文{n}の{p}はいつ{c}に届きますか。納期をご回答ください。",
    "修理依頼": "{c}工場の{p}（番号{n}）から油が漏れています。修理をお願いします。",
    "請求": "請求書{n}の{p}の金額が誤っています。{c}宛てに請求書の再発行をお願いします。",
}
PARTS, PLACES = ("ポンプ", "バルブ", "モーター", "計器", "フィルター"), ("横浜", "大阪", "福岡", "名古屋", "仙台")
INBOX = "受信トレイ"


def mailbox(parent, filed=90, waiting=30):
    """Write mails: the first ones in the folder of their kind, the others in the inbox."""
    root = parent / "mail"
    for number in range(filed + waiting):
        kind = list(ROUTES)[number % 3]
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "kataoka@example.jp", "support@example.jp", f"お問い合わせ {number}"
        mail["Date"] = f"Mon, {1 + number % 28:02d} Jun 2026 09:00:00 +0900"
        mail.set_content(ROUTES[kind].format(n=number * 7919 + 13, p=PARTS[number % 5], c=PLACES[(number // 3) % 5]) + "\n")
        folder = root / (kind if number < filed else INBOX)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:04}.eml").write_bytes(mail.as_bytes())
    return root
