# The working day: what is ended by itself, and reminders. $name is a role's name, $time is "17:30".

# Ten minutes before it happens.
day-role-ends = { $name } is ended at { $time }
day-roles-end =
    { $count ->
        [one] { $count } role is ended at { $time }
       *[other] { $count } roles are ended at { $time }
    }
day-ends-then = Your working day ends then.
# It happens now.
day-role-ending = { $name } is being ended
day-roles-ending =
    { $count ->
        [one] { $count } role is being ended
       *[other] { $count } roles are being ended
    }
day-ended-at = Your working day ended at { $time }.
day-screen-locked = The screen was locked.
day-reminder = { $name }: activate now?
day-reminder-set = You have set a reminder for { $time }.

## Buttons.

button-keep = Keep today
button-activate = Activate…
