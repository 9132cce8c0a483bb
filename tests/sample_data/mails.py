"""Mails: sent offers, replies and inbox items, in UTF-8 and ISO-2022-JP."""

from __future__ import annotations

from datetime import datetime

from tests.sample_data.mail import eml

SIGN = "\n--\n株式会社アオミネ流体精機 営業管理課\n電話 03-0000-0102 / sales@example.co.jp\n"
SIGN_EN = "\n--\nAomine Fluid Precision, Customer Service\n+44 20 7946 0101 / service@example.com\n"
JA = (
    (
        "mail_0401_見積書送付",
        "【添付】お見積書ご送付の件（GX-35）",
        "kitami",
        "オガサワラ設備 ご担当者様",
        datetime(2025, 4, 8, 10, 12),
        "いつもお世話になっております。アオミネ流体精機の北見です。\n\nご依頼いただきましたギヤポンプGX-35、"
        "3台のお見積書を添付いたします。ご査収ください。\n"
        "納期は受注後6週間でございますが、4月18日までにご注文いただければ連休前の出荷枠に間に合います。\n\nご不明な点がございましたら、"
        "お知らせください。",
    ),
    (
        "mail_0402_納期回答",
        "【添付】納期のご回答（J345120）",
        "kuwana",
        "購買課 藤沢様",
        datetime(2025, 5, 20, 16, 40),
        "お世話になっております。桑名です。\n\nお問い合わせの注文番号J345120は、鋳物の入荷遅れにより5月30日の出荷となります。"
        "ご迷惑をおかけし申し訳ございません。\n"
        "先に完成した2台だけを23日に分納することもできますので、ご希望をお聞かせください。工程表を添付しましたのでご査収ください。",
    ),
    (
        "mail_0403_証明書送付",
        "【添付】検査成績書のご送付",
        "takimoto",
        "品質管理課 守屋様",
        datetime(2025, 6, 11, 9, 5),
        "お世話になっております。品質保証課の滝本でございます。\n\n監査でご使用とのことで、AV-200の検査成績書10台分をお送りいたします。"
        "添付をご査収ください。\n"
        "製造番号AV482210だけは再測定中のため、明日あらためてお送りします。",
    ),
    (
        "mail_0404_値上げ案内",
        "価格改定のお願い（添付資料あり）",
        "ishiwata",
        "お取引先各位",
        datetime(2025, 8, 1, 8, 30),
        "平素よりお世話になっております。\n\n誠に心苦しいお願いですが、10月1日出荷分より標準品を4％、部品を7％改定させていただきます。"
        "詳しくは添付の資料をご覧ください。\n"
        "9月30日までに承ったご注文には現行の価格を適用いたします。",
    ),
)
EN = (
    (
        "mail_0501_quotation_attached",
        "Quotation attached: seal kits for DF-90",
        "sales@example.com",
        "h.aldous@example.com",
        datetime(2025, 4, 24, 11, 2),
        "Dear Ms Aldous,\n\nThank you for your enquiry. Attached you will find our quotation for twelve seal kits. The price holds until "
        "the end of June. If you order "
        "two sets for each pump, we can waive the freight.\n\nKind regards,\nDaniel Reyes",
    ),
    (
        "mail_0502_reply_leak",
        "Re: leak on pump 3, drawing attached",
        "service@example.com",
        "m.corrigan@example.com",
        datetime(2025, 6, 2, 15, 33),
        "Dear Mr Corrigan,\n\nThank you for the photographs. The stain begins above the gland, so the seal itself is probably sound and "
        "the O-ring under the cover has "
        "aged. Please see the attached drawing, item 14. It can be changed in twenty minutes without removing the pump.\n\nRegards,\nMarco Bellandi",
    ),
    (
        "mail_0503_delay_apology",
        "Delay of order SO-26117, new schedule attached",
        "service@example.com",
        "buyer@example.com",
        datetime(2025, 7, 17, 9, 48),
        "Dear customer,\n\nThank you for your patience. The crate missed the vessel of 12 July because a certificate came back with a "
        "wrong lot number. We have booked "
        "the next departure on the 24th; the new schedule is attached. If your line stops before that, we will fly two pumps at our "
        "cost.\n\nRegards,\nGrace Okonjo",
    ),
    (
        "mail_0504_training_places",
        "Training in Midorino: programme attached",
        "training@example.com",
        "k.osei@example.com",
        datetime(2025, 10, 9, 13, 20),
        "Hello,\n\nThank you for registering. The programme is attached. Bring safety shoes; we lend glasses and gloves. The course is "
        "held in English with Japanese "
        "slides, which is less confusing than it sounds.\n\nBest regards,\nPriya Raman",
    ),
)


def files() -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for number, (name, subject, sender, to, sent, body) in enumerate(JA):
        charset = "iso-2022-jp" if number % 2 == 0 else "utf-8"
        made[f"sales/mail/{name}.eml"] = eml(subject, f"{sender}@example.co.jp", f"{to} <customer@example.co.jp>", sent, body + SIGN, charset=charset)
    for number, (name, subject, sender, to, sent, body) in enumerate(EN):
        paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n")) if number == 1 else ""
        attached = ("order_schedule.csv", b"item,departure\r\nMK-4,2025-07-24\r\nDF-90,2025-07-31\r\n") if number == 2 else None
        made[f"support/mail/{name}.eml"] = eml(subject, sender, to, sent, body + SIGN_EN, html=paragraphs, attached=attached)
    quoted = (
        "お世話になっております。ハルカゼ薬品の真壁です。\n下記の件、承知いたしました。6月3日の立会いには2名で伺います。\n\n"
        "2025年5月26日 14:10 新堂 <shindo@example.co.jp>:\n> 立会検査の日程ですが、6月3日（火）13時でいかがでしょうか。\n> 安全靴をご持参ください。\n"
    )
    made["sales/mail/mail_0405_立会検査_返信.eml"] = eml(
        "Re: 立会検査の日程について", "makabe@example.co.jp", "shindo@example.co.jp", datetime(2025, 5, 27, 9, 31), quoted, charset="iso-2022-jp"
    )
    return made
