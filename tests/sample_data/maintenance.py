"""Maintenance logs and shift reports: tables and plain text."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

MACHINES = ("five-axis centre 1", "five-axis centre 2", "lathe 3", "test bench B2", "weighing bench W1", "crane hall 2", "compressor K1")
MACHINES_JA = ("五軸加工機1号機", "五軸加工機2号機", "普通旋盤", "試験台B2", "天井クレーン", "空気圧縮機", "洗浄機")
WORK = (
    ("spindle cooler alarm, coolant below minimum", "topped up and bled, hose clamp replaced"),
    ("tool changer stuck between two places", "cam follower replaced, magazine referenced again"),
    ("pressure gauge reads 2 bar at rest", "gauge replaced with calibrated spare"),
    ("oil mist in the exhaust", "filter cartridge replaced after 2,100 hours"),
    ("door switch does not close", "switch adjusted, screw secured with lacquer"),
    ("limit switch of the trolley worn", "lever replaced, brake tested with full load"),
    ("strange whistling during start", "belt tension corrected, pulley aligned"),
    ("scale drifts by three grams an hour", "load cell replaced, bench calibrated"),
    ("chips jam the conveyor", "scraper bent back, operators reminded"),
)
WORK_JA = (
    ("主軸冷却装置の水量低下の警報が出た", "冷却水を補充し、ホースバンドを交換した"),
    ("工具交換装置が途中で止まった", "カムフォロアを交換し、原点を取り直した"),
    ("圧力計の針が戻らない", "校正済みの予備品に交換した"),
    ("排気に油が混じる", "フィルタを交換した。使用時間は2,100時間"),
    ("扉の連動スイッチが入らない", "位置を調整し、ねじをゆるみ止めで固定した"),
    ("横行の限界スイッチが摩耗した", "レバーを交換し、定格荷重でブレーキを試験した"),
    ("起動時に笛のような音がする", "ベルトの張りと芯を直した"),
    ("切りくずがコンベヤに詰まった", "かき板の曲がりを直し、作業者に清掃を依頼した"),
)


def log_rows(seed: int, count: int) -> list[tuple[str | int, ...]]:
    chance = Random(seed)
    rows: list[tuple[str | int, ...]] = [("work order", "date", "machine", "fault", "work done", "downtime min", "fitter")]
    for number in range(count):
        fault, done = chance.choice(WORK)
        day = date(2025, 4, 1) + timedelta(days=4 * number)
        fitter = chance.choice(("Okonjo", "Ashcroft", "Reyes"))
        rows.append((f"WO-{3300 + number}", day.isoformat(), chance.choice(MACHINES), fault, done, 5 * chance.randrange(2, 60), fitter))
    return rows


def log_rows_ja(seed: int, count: int, start: date) -> list[tuple[str | int, ...]]:
    chance = Random(seed)
    rows: list[tuple[str | int, ...]] = [("保全番号", "日付", "設備", "故障の内容", "処置", "停止時間（分）", "担当")]
    for number in range(count):
        fault, done = chance.choice(WORK_JA)
        day = start + timedelta(days=3 * number)
        rows.append(
            (
                f"H{4100 + number}",
                day.isoformat(),
                chance.choice(MACHINES_JA),
                fault,
                done,
                5 * chance.randrange(2, 50),
                chance.choice(("長峰", "新堂", "桑名")),
            )
        )
    return rows


DAILY_JA = {
    "設備日報_2025-07-14": """
# 設備日報（保全係） 2025年7月14日
天候：晴れ　気温：33度　記録：長峰 浩二
## 停止した設備
| 設備 | 停止時間 | 内容 |
| 五軸加工機2号機 | 85分 | 主軸の温度警報。冷却水の量が下限を切っていた。ホースの継手を交換。 |
| 洗浄機 | 20分 | 液面計の汚れ。清掃して復帰。 |
## 申し送り
空気圧縮機の音が朝よりやや高い。明日の始業前に軸受の温度を測ること。予備のベルトは棚の上段に1本しかない。
""",
    "設備日報_2025-10-02": """
# 設備日報（保全係） 2025年10月2日
天候：雨　気温：22度　記録：桑名 健吾
## 停止した設備
| 設備 | 停止時間 | 内容 |
| 試験台B2 | 140分 | クランプに亀裂。3本とも交換し、無負荷で20回開閉して確認。 |
| 天井クレーン | 35分 | 押しボタンの接触不良。接点を交換。 |
## 申し送り
クランプの在庫がなくなった。購買課へ緊急の注文を依頼済み。夜勤は試験を行わないこと。
""",
}
SHIFT_EN = {
    "maintenance_shift_report_2025-08-19": """
# Maintenance shift report, 19 August 2025, late shift
Work order 3335: the compressor tripped twice on high temperature. The cooler fins were full of dust from the grinding booth; after blowing them out
the temperature fell by 18 degrees. Downtime 50 minutes. Work order 3336: lamp over lathe 3 replaced. Handed over to the night shift: listen to the
belt of the compressor, it may have been scorched. One drum of coolant is left.
""",
    "maintenance_shift_report_2025-12-03": """
# Maintenance shift report, 3 December 2025, early shift
Work order 3361: five-axis centre 1 lost its reference after a power dip at 06:40. Battery of the encoder replaced, reference set with the test bar,
first part measured and within tolerance. Downtime 165 minutes. The dip also stopped the weighing bench, which restarted by itself with the wrong
range; calibration was repeated. Request to IT: put both controls on the emergency supply.
""",
}
