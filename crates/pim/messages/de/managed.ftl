# What an organisation has set on this machine. $reason says what is wrong in a line of a file; it is in English.

managed-not-used = Was Ihre Organisation in { $place } festgelegt hat, gilt nicht: { $reason }.
managed-partly-used = Nicht alles, was Ihre Organisation in { $place } festgelegt hat, gilt: { $reason }.
