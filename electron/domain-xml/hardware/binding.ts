/**
 * Where the settings of shared/model/hardware live in libvirt's domain XML
 * (https://libvirt.org/formatdomain.html), one binding for each kind.
 */
import type { Field, FieldValue, Values } from '../../../shared/model/hardware/field'
import type { Kind } from '../../../shared/model/hardware/kind'
import type { EditElement } from '../edit/tree'

/**
 * Where one field is, relative to the element of its item (for pages: `<domain>`), as `../edit/path` writes places:
 *
 * - a place: text and numbers as they stand
 * - `{ at, as }`: a flag by words, or by whether the element is there
 * - `{ at, unit }`: a size; `unit` is what a missing unit attribute means. With `bare` the number itself is in that unit
 *   and no unit attribute is used
 * - `{ rows, columns }`: a list of elements, each with columns relative to it
 * - `{ read, write }`: whatever needs more thought
 */
export type FieldBinding =
  | string
  | {
      readonly at: string
      readonly as: 'presence' | 'yes-no' | 'on-off' | '1-0'
    }
  | { readonly at: string; readonly unit: SizeUnit; readonly bare?: true }
  | { readonly rows: string; readonly columns: { readonly [column: string]: FieldBinding } }
  | {
      read(item: EditElement): FieldValue | undefined
      /** Undefined: shall no longer be set. */
      write(item: EditElement, value: FieldValue | undefined): void
    }

export type SizeUnit = 'bytes' | 'KiB' | 'MiB'

export interface KindBinding {
  readonly kind: Kind
  readonly fields: { readonly [field: string]: FieldBinding }
  /** For devices: the name of their element in `<devices>`, and which of those with that name are meant. */
  readonly element?: string
  matches?(element: EditElement): boolean
  /** What a new one begins as: "<rng model='virtio'/>". Values are written into it afterwards, in the order of the fields. */
  template?(values: Values): string
  /** What names an item among its kind, when that is not simply its number. Doubles get numbers behind it. */
  key?(element: EditElement): string | undefined
  /** After values were written: what else belongs to them. */
  finish?(element: EditElement, domain: EditElement, values: Values): void
  /** After one was removed: what only made sense with it. */
  removed?(domain: EditElement): void
  /** Places that no field shows and that are yet no reason to say that there is more: "alias", "address". */
  readonly known?: readonly string[]
}

/** The compiler lists fields that were forgotten. */
export function bind<FieldId extends string>(
  kind: Kind & { readonly fields: { readonly [Id in FieldId]: Field } },
  rest: Omit<KindBinding, 'kind' | 'fields'> & {
    readonly fields: { readonly [Id in FieldId]: FieldBinding }
  },
): KindBinding {
  return { kind, ...rest }
}
