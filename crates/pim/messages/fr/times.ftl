# Lengths of time, moments, and how texts stand beside each other.

# Short: stands in the icon's menu, where nothing is left but seconds.
under-a-minute = moins d’une minute
minutes = { $minutes } min
hours = { $hours } h
# "2 h 41": $minutes has two digits.
hours-left = { $hours } h { $minutes }
hours-and-minutes = { $hours } h { $minutes } min

# $weekday: 1 on Mondays, 7 on Sundays. Short names.
weekday =
    { $weekday ->
        [1] lun.
        [2] mar.
        [3] mer.
        [4] jeu.
        [5] ven.
        [6] sam.
       *[7] dim.
    }
# $month: 1 to 12. Short names.
month =
    { $month ->
        [1] janv.
        [2] févr.
        [3] mars
        [4] avr.
        [5] mai
        [6] juin
        [7] juil.
        [8] août
        [9] sept.
        [10] oct.
        [11] nov.
       *[12] déc.
    }
time-on-weekday = { $time } ({ weekday })
time-on-day = { $time } ({ $day } { month })
time-on-weekday-and-day = { $time } ({ weekday } { $day } { month })
weekday-and-day = { weekday } { $day } { month }
day-and-year = { $day } { month } { $year }

# Names: "A, B and C" is list-last of "A, B" and "C".
list-more = { $all }, { $name }
list-last = { $all } et { $name }
# Two sentences, one after the other.
sentences = { $before } { $next }
