# Lengths of time, moments, and how texts stand beside each other.

# Short: stands in the icon's menu, where nothing is left but seconds.
under-a-minute = أقل من دقيقة
minutes = { $minutes } د
hours = { $hours } س
# "2 h 41": $minutes has two digits.
hours-left = { $hours } س { $minutes } د
hours-and-minutes = { $hours } س { $minutes } د

# $weekday: 1 on Mondays, 7 on Sundays. Short names.
weekday =
    { $weekday ->
        [1] الاثنين
        [2] الثلاثاء
        [3] الأربعاء
        [4] الخميس
        [5] الجمعة
        [6] السبت
       *[7] الأحد
    }
# $month: 1 to 12. Short names.
month =
    { $month ->
        [1] يناير
        [2] فبراير
        [3] مارس
        [4] أبريل
        [5] مايو
        [6] يونيو
        [7] يوليو
        [8] أغسطس
        [9] سبتمبر
        [10] أكتوبر
        [11] نوفمبر
       *[12] ديسمبر
    }
time-on-weekday = { weekday } { $time }
time-on-day = { $day } { month }، { $time }
time-on-weekday-and-day = { weekday } { $day } { month }، { $time }
weekday-and-day = { weekday } { $day } { month }
day-and-year = { $day } { month } { $year }

# Names: "A, B and C" is list-last of "A, B" and "C".
list-more = { $all }، { $name }
list-last = { $all } و{ $name }
# Two sentences, one after the other.
sentences = { $before } { $next }
