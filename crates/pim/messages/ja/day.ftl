# 勤務時間: 自動で終了するものとリマインダー。$name はロール名、$time は「17:30」。

# 10 分前。
day-role-ends = { $name } は { $time } に終了します
day-roles-end = { $count } 個のロールが { $time } に終了します
day-ends-then = その時刻に勤務時間が終了します。
# 今。
day-role-ending = { $name } を終了しています
day-roles-ending = { $count } 個のロールを終了しています
day-ended-at = 勤務時間は { $time } に終了しました。
day-screen-locked = 画面がロックされました。
day-reminder = { $name }: 今すぐアクティブ化しますか?
day-reminder-set = { $time } のリマインダーが設定されています。

## ボタン。

button-keep = 今日は維持
button-activate = アクティブ化…
