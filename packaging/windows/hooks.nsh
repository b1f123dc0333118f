; What the removal takes away besides the files: what Windows knows Pimento by for notifications, what it has kept under that name
; since, and the entry that starts Pimento with the system. What a user has set, and who is signed in, is theirs: `pim purge` takes
; that away.
!macro NSIS_HOOK_POSTUNINSTALL
  ${If} $UpdateMode <> 1
    DeleteRegKey HKCU "Software\Classes\AppUserModelId\dev.pimento.Pimento"
    DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\Notifications\Settings\dev.pimento.Pimento"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "Pimento"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "Pimento"
  ${EndIf}
!macroend
