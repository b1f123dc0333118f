# يوم العمل: ما ينتهي من تلقاء نفسه، والتذكيرات. ‎$name اسم دور، و$time مثل "17:30".

# قبل عشر دقائق.
day-role-ends = سيتم إنهاء { $name } في { $time }
day-roles-end =
    { $count ->
        [one] سيتم إنهاء دور واحد في { $time }
        [two] سيتم إنهاء دورين في { $time }
        [few] سيتم إنهاء { $count } أدوار في { $time }
        [many] سيتم إنهاء { $count } دورًا في { $time }
       *[other] سيتم إنهاء { $count } دور في { $time }
    }
day-ends-then = ينتهي يوم عملك عندئذٍ.
# الآن.
day-role-ending = يجري إنهاء { $name }
day-roles-ending =
    { $count ->
        [one] يجري إنهاء دور واحد
        [two] يجري إنهاء دورين
        [few] يجري إنهاء { $count } أدوار
        [many] يجري إنهاء { $count } دورًا
       *[other] يجري إنهاء { $count } دور
    }
day-ended-at = انتهى يوم عملك في { $time }.
day-screen-locked = تم قفل الشاشة.
day-reminder = { $name }: هل تريد التنشيط الآن؟
day-reminder-set = لقد عيّنت تذكيرًا في { $time }.

## الأزرار.

button-keep = الإبقاء اليوم
button-activate = تنشيط…
