/** Options that libvirt hands on without looking at them stand in namespaces of their own, whatever their prefix. */
import type { Row } from '../../../shared/model/hardware/field'
import { EditElement } from '../edit/tree'
import type { FieldBinding } from '../hardware/binding'

interface Options {
  readonly uri: string
  /** For one that has none yet. */
  readonly prefix: string
  readonly element: string
  /** Attributes of each option; the first names it. */
  readonly columns: readonly string[]
}

export function namespacedRows(options: Options): FieldBinding {
  const { uri, prefix, element, columns } = options
  const prefixOf = (pool: EditElement): string | undefined =>
    pool
      .attributeNames()
      .find((name) => name.startsWith('xmlns:') && pool.attribute(name) === uri)
      ?.slice('xmlns:'.length)
  const optionsOf = (pool: EditElement, used: string | undefined): EditElement[] =>
    used === undefined
      ? []
      : pool.children(`${used}:${element}`).flatMap((one) => one.children(`${used}:option`))
  return {
    read: (pool) => {
      const found = optionsOf(pool, prefixOf(pool)).map(
        (option): Row => Object.fromEntries(columns.map((column) => [column, option.attribute(column)])),
      )
      return found.length === 0 ? undefined : found
    },
    write: (pool, value) => {
      const known = prefixOf(pool)
      const wanted = Array.isArray(value) ? (value as readonly Row[]) : []
      if (wanted.length === 0) {
        if (known !== undefined) for (const one of pool.children(`${known}:${element}`)) one.remove()
        return
      }
      const used = known ?? prefix
      if (known === undefined) pool.setAttribute(`xmlns:${used}`, uri)
      const parent =
        pool.children(`${used}:${element}`)[0] ?? pool.insert(new EditElement(`${used}:${element}`))
      for (const one of optionsOf(pool, used)) one.remove()
      for (const row of wanted) {
        const option = parent.insert(new EditElement(`${used}:option`))
        for (const column of columns) option.setAttribute(column, text(row[column]))
      }
    },
  }
}

function text(value: Row[string]): string | undefined {
  return value === undefined ? undefined : String(value)
}
