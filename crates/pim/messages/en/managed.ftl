# What an organisation has set on this machine. $reason says what is wrong in a line of a file; it is in English.

managed-not-used = What your organisation has set in { $place } is not used: { $reason }.
managed-partly-used = Not all that your organisation has set in { $place } is used: { $reason }.
