import { flag, rows, text, type Values } from '../field'
import { defineKind, isQemu, itemsOf, type Problem } from '../kind'

const hex = text({ maxLength: 6, isMono: true })

export const redirFilter = defineKind({
  id: 'redir-filter',
  label: 'USB redirection filter',
  role: 'device',
  max: 1,
  fields: {
    rules: {
      label: 'Rules',
      type: rows('rule', {
        allow: { label: 'Allow', type: flag, isRequired: true },
        class: { label: 'Class', type: hex, absent: 'Any' },
        vendor: { label: 'Vendor', type: hex, absent: 'Any' },
        product: { label: 'Product', type: hex, absent: 'Any' },
        version: { label: 'Version', type: text({ maxLength: 5, isMono: true }), absent: 'Any' },
      }),
      help: 'The first rule that fits decides; a device that none fits is refused. Classes such as 0x08 for storage.',
    },
  },
  groups: [{ title: '', fields: ['rules'] }],
  title: () => 'USB redirection filter',
  whyNotOffered: (context) =>
    !isQemu(context)
      ? 'Only QEMU redirects USB devices'
      : itemsOf(context, 'redirdev').length === 0
        ? 'Without USB redirection there is nothing to filter'
        : undefined,
  defaults: () => ({ rules: [{ allow: true }] }),
  hotplug: () => 'The filter is read at power-on',
  whatGoes: () => ['Every USB device of the viewer may be handed to the guest.'],
  check: ({ rules }: Values) =>
    (typeof rules === 'object' ? rules : []).flatMap((rule): Problem[] => {
      const wrong = (message: string): Problem[] => [{ severity: 'error', field: 'rules', message }]
      const fits = (column: string, pattern: RegExp): boolean =>
        rule[column] === undefined || rule[column] === '-1' || pattern.test(String(rule[column]))
      if (!fits('class', /^(0x)?[0-9a-f]{1,2}$/i)) return wrong('Enter a class such as 0x08')
      if (!fits('vendor', /^(0x)?[0-9a-f]{1,4}$/i) || !fits('product', /^(0x)?[0-9a-f]{1,4}$/i))
        return wrong('Enter IDs such as 0x1d6b')
      return fits('version', /^\d{1,2}\.\d{1,2}$/) ? [] : wrong('Enter a version such as 1.10')
    }),
})
