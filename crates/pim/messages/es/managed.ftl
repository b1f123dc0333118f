# What an organisation has set on this machine. $reason says what is wrong in a line of a file; it is in English.

managed-not-used = Lo que su organización ha establecido en { $place } no se usa: { $reason }.
managed-partly-used = No todo lo que su organización ha establecido en { $place } se usa: { $reason }.
