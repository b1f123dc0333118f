# What an organisation has set on this machine. $reason says what is wrong in a line of a file; it is in English.

managed-not-used = 組織が { $place } で設定した内容は使用されません: { $reason }。
managed-partly-used = 組織が { $place } で設定した内容の一部は使用されません: { $reason }。
