# Lengths of time, moments, and how texts stand beside each other.

# Short: stands in the icon's menu, where nothing is left but seconds.
under-a-minute = 1 分未満
minutes = { $minutes } 分
hours = { $hours } 時間
# "2 h 41": $minutes has two digits.
hours-left = { $hours } 時間 { $minutes } 分
hours-and-minutes = { $hours } 時間 { $minutes } 分

# $weekday: 1 on Mondays, 7 on Sundays. Short names.
weekday =
    { $weekday ->
        [1] 月
        [2] 火
        [3] 水
        [4] 木
        [5] 金
        [6] 土
       *[7] 日
    }
# $month: 1 to 12. Short names.
month = { $month }月
time-on-weekday = { weekday }曜日 { $time }
time-on-day = { month }{ $day }日 { $time }
time-on-weekday-and-day = { month }{ $day }日({ weekday }) { $time }
weekday-and-day = { month }{ $day }日({ weekday })
day-and-year = { $year }年{ month }{ $day }日

# Names: "A, B and C" is list-last of "A, B" and "C".
list-more = { $all }、{ $name }
list-last = { $all }、{ $name }
# Two sentences, one after the other.
sentences = { $before }{ $next }
