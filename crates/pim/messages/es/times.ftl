# Lengths of time, moments, and how texts stand beside each other.

# Short: stands in the icon's menu, where nothing is left but seconds.
under-a-minute = menos de un minuto
minutes = { $minutes } min
hours = { $hours } h
# "2 h 41": $minutes has two digits.
hours-left = { $hours } h { $minutes }
hours-and-minutes = { $hours } h { $minutes } min

# $weekday: 1 on Mondays, 7 on Sundays. Short names.
weekday =
    { $weekday ->
        [1] lun
        [2] mar
        [3] mié
        [4] jue
        [5] vie
        [6] sáb
       *[7] dom
    }
# $month: 1 to 12. Short names.
month =
    { $month ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sept
        [10] oct
        [11] nov
       *[12] dic
    }
time-on-weekday = { $time } ({ weekday })
time-on-day = { $time } ({ $day } { month })
time-on-weekday-and-day = { $time } ({ weekday } { $day } { month })
weekday-and-day = { weekday } { $day } { month }
day-and-year = { $day } { month } { $year }

# Names: "A, B and C" is list-last of "A, B" and "C".
list-more = { $all }, { $name }
list-last = { $all } y { $name }
# Two sentences, one after the other.
sentences = { $before } { $next }
