import { kindOf } from '../../../shared/model/hardware/kinds'
import type { HardwareView } from '../../../shared/model/hardware/view'
import type { Icon } from '../../ui/icons/icon'
import { isSameRef, type ShownItem } from './draft'
import { iconOf, sectionOf, sections, type Section } from './sections'
import { pageOf } from './store'

export interface ListEntry {
  readonly page: string
  readonly title: string
  readonly summary: string | undefined
  readonly icon: Icon
  readonly isDevice: boolean
  readonly mark: ShownItem['mark']
  /** Differs from what the running guest has. */
  readonly isPending: boolean
}

export interface ListSection {
  readonly title: Section
  readonly entries: readonly ListEntry[]
}

/** What the list shows, in the order of the kinds, as far as the filter finds it. */
export function listSections(
  items: readonly ShownItem[],
  pending: HardwareView['pending'],
  filter: string,
): ListSection[] {
  const words = filter.trim().toLowerCase().split(/\s+/)
  const bySection = new Map<Section, ListEntry[]>()
  for (const item of items) {
    const kind = kindOf(item.ref.kind)
    if (!kind) continue
    const title = kind.title(item.values)
    const summary = kind.summary?.(item.values)
    const text = `${title} ${summary ?? ''} ${kind.label} ${item.ref.key}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    const section = sectionOf(kind)
    const entries = bySection.get(section) ?? []
    bySection.set(section, entries)
    entries.push({
      page: pageOf(item.ref),
      title,
      summary,
      icon: iconOf(kind),
      isDevice: kind.role === 'device',
      mark: item.mark,
      isPending: pending.some((one) => isSameRef(one.item, item.ref)),
    })
  }
  return sections.flatMap((title) => {
    const entries = bySection.get(title)
    return entries ? [{ title, entries }] : []
  })
}
