/** Bindings for places with a will of their own, shared by several kinds. */
import type { FieldValue } from '../../../shared/model/hardware/field'
import { elementAt, placeOf, readAt, writeAt } from '../edit/path'
import { integerOf } from '../numbers'
import type { FieldBinding } from './binding'

type Closure = Extract<FieldBinding, { read: unknown }>

/** The text of an element whose attributes mean something by themselves: they stay when the text goes. */
export function textBeside(at: string): Closure {
  return {
    read: (item) => readAt(item, at) || undefined,
    write: (item, value) => {
      if (value !== undefined) return writeAt(item, at, wordOf(value))
      const element = elementAt(item, placeOf(at))
      const isBare = element?.attributeNames().length === 0 && element.children().length === 0
      if (isBare && element !== item) writeAt(item, at, undefined)
      else element?.removeText()
    },
  }
}

/** A yes or no of an element that means nothing without it: unset takes the element, not the attribute. */
export function flagOfElement(at: string, attribute: string, yes: string, no: string): Closure {
  return {
    read: (item) => {
      const word = readAt(item, `${at}/@${attribute}`)
      return word === yes ? true : word === no ? false : undefined
    },
    write: (item, value) => {
      if (value === undefined) writeAt(item, at, undefined)
      else writeAt(item, `${at}/@${attribute}`, value === true ? yes : no)
    },
  }
}

/** Numbers that may be below zero. */
export function signed(at: string): Closure {
  return {
    read: (item) => {
      const word = readAt(item, at)
      return word !== undefined && /^-?\d{1,9}$/.test(word) ? Number(word) : undefined
    },
    write: (item, value) => writeAt(item, at, value === undefined ? undefined : wordOf(value)),
  }
}

/** Numbers that libvirt writes as "0x0a", keeping leading zeros; `also` are attributes that belong to the same element. */
export function hexAt(at: string, digits: number, also: Readonly<Record<string, string>> = {}): Closure {
  return {
    read: (item) => integerOf(readAt(item, at)),
    write: (item, value) => {
      if (typeof value !== 'number') return writeAt(item, at, undefined)
      const parent = at.slice(0, at.indexOf('/'))
      for (const [name, word] of Object.entries(also)) writeAt(item, `${parent}/@${name}`, word)
      const used = /^0x(0[0-9a-f]+)$/i.exec(readAt(item, at) ?? '')?.[1]?.length ?? digits
      writeAt(item, at, `0x${value.toString(16).padStart(used, '0')}`)
    },
  }
}

export function wordOf(value: FieldValue): string {
  if (typeof value === 'object') throw new TypeError('A list does not fit in one place')
  return String(value)
}
