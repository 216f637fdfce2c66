import { create } from 'zustand'

export type ThemeChoice = 'system' | 'light' | 'dark'

/** The user's choice, as main keeps it; what is drawn also depends on the system. */
export const useTheme = create<{ readonly choice: ThemeChoice }>(() => ({ choice: 'system' }))

const systemDark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)')

export function setThemeChoice(choice: ThemeChoice): void {
  useTheme.setState({ choice })
  applyTheme()
}

/** Marks <html> so that the tokens follow; called before the first paint and on every change of the system. */
export function followTheme(): () => void {
  applyTheme()
  const media = systemDark()
  media.addEventListener('change', applyTheme)
  return () => media.removeEventListener('change', applyTheme)
}

function applyTheme(): void {
  const { choice } = useTheme.getState()
  document.documentElement.dataset['theme'] =
    choice === 'system' ? (systemDark().matches ? 'dark' : 'light') : choice
}
