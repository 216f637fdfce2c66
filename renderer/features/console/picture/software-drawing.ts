let known: boolean | undefined

/** Whether the window is drawn without a graphics card, as in VMs and over remote desktops. */
export function isDrawnBySoftware(): boolean {
  known ??= !document.createElement('canvas').getContext('webgl', { failIfMajorPerformanceCaveat: true })
  return known
}
