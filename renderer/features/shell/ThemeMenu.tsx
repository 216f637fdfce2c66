import { api } from '../../api/client'
import { openDialog } from '../../stores/dialogs'
import { remember, useRemembered } from '../../stores/remembered'
import { setThemeChoice, useTheme, type ThemeChoice } from '../../stores/theme'
import { IconButton } from '../../ui/Button'
import { ContrastIcon, SunIcon } from '../../ui/icons/general'
import type { Icon } from '../../ui/icons/icon'
import { MoonIcon } from '../../ui/icons/power'
import { MenuButton } from '../../ui/Menu'

const choices: Record<ThemeChoice, { label: string; icon: Icon }> = {
  system: { label: 'Like the system', icon: ContrastIcon },
  light: { label: 'Light', icon: SunIcon },
  dark: { label: 'Dark', icon: MoonIcon },
}

/** The theme, the way back from "don't ask again", and the way to the preferences. */
export function ThemeMenu() {
  const current = useTheme((state) => state.choice)
  const isAsking = useRemembered((state) => state.skipConfirm.length === 0)
  return (
    <MenuButton
      label="Theme"
      entries={[
        ...(Object.keys(choices) as ThemeChoice[]).map((choice) => ({
          id: choice,
          ...choices[choice],
          isChecked: choice === current,
          run: () => {
            setThemeChoice(choice)
            void api.app.setTheme({ theme: choice })
          },
        })),
        'separator',
        {
          id: 'ask-again',
          label: 'Ask again before risky actions',
          disabledReason: isAsking ? 'No question has been turned off' : undefined,
          run: () => remember({ skipConfirm: [] }),
        },
        {
          id: 'preferences',
          label: 'Preferences…',
          shortcut: 'Ctrl+,',
          run: () => openDialog({ kind: 'preferences' }),
        },
      ]}
    >
      <IconButton icon={choices[current].icon} label="Theme" className="button-small" />
    </MenuButton>
  )
}
