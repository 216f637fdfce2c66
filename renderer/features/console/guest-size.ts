import type { HardwareView } from '../../../shared/model/hardware/view'
import type { Size } from './scaling'

/** A guest's size is rounded by its driver, to eights for some. */
const tolerancePx = 8

export function hasWantedSize(guest: Size, wanted: Size): boolean {
  return (
    Math.abs(guest.width - wanted.width) <= tolerancePx &&
    Math.abs(guest.height - wanted.height) <= tolerancePx
  )
}

/** Video cards that pass on which size the viewer would like. */
const resizable = ['virtio', 'qxl']

/** What to do when a guest keeps its size though it was asked for another. */
export function whyNotResized({ items, isRunning }: HardwareView): string {
  const video = items
    .filter(({ ref }) => ref.kind === 'video')
    .map(({ values, live }) => (isRunning ? live : values)?.['model'])
  if (!video.some((model) => typeof model === 'string' && resizable.includes(model)))
    return 'Its video card takes no wish for a size: choose VirtIO or QXL on its hardware page.'
  return 'Its video card was told. The desktop inside has to follow: install the driver of the card and, where the desktop does not do it by itself, spice-vdagent.'
}
