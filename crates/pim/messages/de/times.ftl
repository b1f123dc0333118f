# Zeitspannen, Zeitpunkte, und wie Texte nebeneinander stehen.

# Kurz: steht im Menü des Symbols, wenn nur noch Sekunden übrig sind.
under-a-minute = unter einer Minute
minutes = { $minutes } min
hours = { $hours } h
# „2 h 41“: $minutes hat zwei Ziffern.
hours-left = { $hours } h { $minutes }
hours-and-minutes = { $hours } h { $minutes } min

# $weekday: 1 am Montag, 7 am Sonntag. Kurze Namen.
weekday =
    { $weekday ->
        [1] Mo
        [2] Di
        [3] Mi
        [4] Do
        [5] Fr
        [6] Sa
       *[7] So
    }
# $month: 1 bis 12. Kurze Namen.
month =
    { $month ->
        [1] Jan.
        [2] Feb.
        [3] März
        [4] Apr.
        [5] Mai
        [6] Juni
        [7] Juli
        [8] Aug.
        [9] Sept.
        [10] Okt.
        [11] Nov.
       *[12] Dez.
    }
time-on-weekday = { weekday } { $time }
time-on-day = { $day }. { month }, { $time }
time-on-weekday-and-day = { weekday }, { $day }. { month }, { $time }
weekday-and-day = { weekday }, { $day }. { month }
day-and-year = { $day }. { month } { $year }

# Namen: „A, B und C“ ist list-last von „A, B“ und „C“.
list-more = { $all }, { $name }
list-last = { $all } und { $name }
# Zwei Sätze, einer nach dem anderen.
sentences = { $before } { $next }
