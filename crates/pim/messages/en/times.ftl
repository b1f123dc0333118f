# Lengths of time, moments, and how texts stand beside each other.

# Short: stands in the icon's menu, where nothing is left but seconds.
under-a-minute = under a minute
minutes = { $minutes } min
hours = { $hours } h
# "2 h 41": $minutes has two digits.
hours-left = { $hours } h { $minutes }
hours-and-minutes = { $hours } h { $minutes } min

# $weekday: 1 on Mondays, 7 on Sundays. Short names.
weekday =
    { $weekday ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
# $month: 1 to 12. Short names.
month =
    { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
time-on-weekday = { weekday } { $time }
time-on-day = { $day } { month }, { $time }
time-on-weekday-and-day = { weekday } { $day } { month }, { $time }
weekday-and-day = { weekday } { $day } { month }
day-and-year = { $day } { month } { $year }

# Names: "A, B and C" is list-last of "A, B" and "C".
list-more = { $all }, { $name }
list-last = { $all } and { $name }
# Two sentences, one after the other.
sentences = { $before } { $next }
