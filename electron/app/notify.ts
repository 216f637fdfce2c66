import { Notification } from 'electron'

/** Kept until they are over: one that is collected meanwhile would not hear the click. */
const shown = new Set<Notification>()

/** A note on the desktop, where there is a place for notes; a click brings the window to the front. */
export function notify(
  { title, body }: { readonly title: string; readonly body: string },
  onClick: () => void,
): void {
  if (!Notification.isSupported()) return
  const note = new Notification({ title, body })
  shown.add(note)
  note.on('click', onClick)
  for (const over of ['close', 'failed', 'click'] as const) note.on(over as 'close', () => shown.delete(note))
  note.show()
}
