import { choice, has, path, rows, text, type Field, type Values } from '../field'
import { defineKind, itemsOf } from '../kind'
import { charBackend, charEndFields, charMoreFields, charSummary, checkChar } from './char-backend'

const isPassedOn = has('card', 'passthrough')
const isCertificates = has('card', 'host-certificates')

/** The other end counts only where a viewer or a program has the card. */
function passedOn<Id extends string>(fields: { readonly [I in Id]: Field }): { readonly [I in Id]: Field } {
  const all = Object.entries<Field>(fields).map(([id, field]) => {
    const when = (values: Values): boolean => isPassedOn(values) && (field.when?.(values) ?? true)
    return [id, { ...field, when }]
  })
  return Object.fromEntries(all) as { readonly [I in Id]: Field }
}

const cards = [
  ['passthrough', 'The viewer’s card reader'],
  ['host', 'The host’s card reader'],
  ['host-certificates', 'Certificates on the host'],
] as const

export const smartcard = defineKind({
  id: 'smartcard',
  label: 'Smartcard reader',
  role: 'device',
  // the one slot of the emulated reader
  max: 1,
  fields: {
    card: {
      label: 'Card',
      type: choice(cards),
      isRequired: true,
      whyNotLive: 'The reader is part of the machine the guest sees at power-on.',
    },
    ...passedOn(
      charBackend(['spicevmc', 'tcp', 'unix', 'pty', 'dev', 'file', 'pipe', 'udp', 'null', 'stdio', 'vc']),
    ),
    certificates: {
      label: 'Certificates',
      type: rows(
        'certificate',
        { name: { label: 'Name', type: text({ maxLength: 255 }), isRequired: true } },
        3,
      ),
      when: isCertificates,
      isRequired: true,
      help: 'The names of exactly three in the database.',
    },
    database: { label: 'Database', type: path, when: isCertificates, absent: '/etc/pki/nssdb' },
  },
  groups: [
    { title: '', fields: ['card', ...charEndFields, 'certificates', 'database'] },
    { title: 'Log and more', fields: [...charMoreFields] },
  ],
  title: () => 'Smartcard reader',
  summary: (values) =>
    isPassedOn(values) ? charSummary(values) : cards.find(([id]) => id === values['card'])?.[1],
  defaults: (context) =>
    itemsOf(context, 'graphics').some(({ values }) => values['type'] === 'spice')
      ? { card: 'passthrough', type: 'spicevmc' }
      : { card: 'host' },
  hotplug: () => 'A smartcard reader is part of the machine the guest sees at power-on',
  check: (values, context) => {
    const { certificates } = values
    return [
      ...(isPassedOn(values) ? checkChar(values, context) : []),
      ...(isCertificates(values) && (typeof certificates !== 'object' || certificates.length !== 3)
        ? [{ severity: 'error', field: 'certificates', message: 'Enter exactly three certificates' } as const]
        : []),
    ]
  },
})
