# What an organisation has set on this machine. $reason says what is wrong in a line of a file; it is in English.

managed-not-used = Ce que votre organisation a défini dans { $place } n’est pas utilisé : { $reason }.
managed-partly-used = Une partie de ce que votre organisation a défini dans { $place } n’est pas utilisée : { $reason }.
