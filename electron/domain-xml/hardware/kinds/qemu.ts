import type { Field } from '../../../../shared/model/hardware/field'
import { qemu } from '../../../../shared/model/hardware/kinds/qemu'
import type { EditElement } from '../../edit/tree'
import { readAt, writeAt } from '../../edit/path'
import { bind, type FieldBinding } from '../binding'
import { readField, writeField } from '../field-xml'
import { wordOf } from '../places'
import { prefixFor, tidyPrefix } from '../namespaces'

const uri = 'http://libvirt.org/schemas/domain/qemu/1.0'
const xenUri = 'http://libvirt.org/schemas/domain/xen/1.0'

/** An argument may be empty; the schema wants the attribute all the same. */
const word: FieldBinding = {
  read: (arg) => arg.attribute('value'),
  write: (arg, value) => arg.setAttribute('value', value === undefined ? '' : wordOf(value)),
}

/** https://libvirt.org/drvqemu.html#pass-through-of-arbitrary-qemu-commands */
export const qemuBinding = bind(qemu, {
  fields: {
    virtType: '@type',
    args: list(qemu.fields.args, uri, 'qemu', 'arg', { value: word }),
    env: list(qemu.fields.env, uri, 'qemu', 'env', { name: '@name', value: '@value' }),
    deprecation: {
      read: (domain) => {
        const prefix = prefixFor(domain, uri, 'deprecation')
        return prefix === undefined ? undefined : readAt(domain, `${prefix}deprecation/@behavior`)
      },
      write: (domain, value) => {
        const known = prefixFor(domain, uri, 'deprecation')
        if (known === undefined && value === undefined) return
        const prefix = known ?? prefixFor(domain, uri, 'deprecation', 'qemu') ?? ''
        if (value === undefined) writeAt(domain, `${prefix}deprecation`, undefined)
        else writeAt(domain, `${prefix}deprecation/@behavior`, wordOf(value))
        tidyPrefix(domain, uri)
      },
    },
    xenArgs: list(qemu.fields.xenArgs, xenUri, 'xen', 'arg', { value: word }),
  },
})

/** A list in `<prefix:commandline>`, whatever its prefix; it is declared with the first entry and goes with the last. */
function list(
  field: Field,
  namespace: string,
  usual: string,
  name: string,
  columns: { readonly [column: string]: FieldBinding },
): FieldBinding {
  const binding = (prefix: string): FieldBinding => ({
    rows: `${prefix}commandline/${prefix}${name}`,
    columns,
  })
  return {
    read: (domain: EditElement) => {
      const prefix = prefixFor(domain, namespace, 'commandline')
      return prefix === undefined ? undefined : readField(domain, field, binding(prefix))
    },
    write: (domain, value) => {
      const known = prefixFor(domain, namespace, 'commandline')
      if (known === undefined && (value === undefined || isNone(value))) return
      const prefix = known ?? prefixFor(domain, namespace, 'commandline', usual) ?? ''
      writeField(domain, field, binding(prefix), value)
      tidyPrefix(domain, namespace)
    },
  }
}

function isNone(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
