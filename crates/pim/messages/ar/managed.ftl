# What an organisation has set on this machine. $reason says what is wrong in a line of a file; it is in English.

managed-not-used = ما حددته مؤسستك في { $place } غير مستخدَم: { $reason }.
managed-partly-used = لا يُستخدَم كل ما حددته مؤسستك في { $place }: { $reason }.
