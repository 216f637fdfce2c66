import { choice, has, rows, text, type Values } from '../field'
import { defineKind, isQemu, isXen, type Problem } from '../kind'
import { variableName } from './forms'

const isOfQemu = has('virtType', 'kvm', 'qemu', 'hvf')
const argument = { label: 'Argument', type: text({ maxLength: 65_000, isMono: true }) }

export const qemu = defineKind({
  id: 'qemu',
  label: 'Emulator command line',
  role: 'page',
  fields: {
    /** Not shown; the other fields go by it. */
    virtType: { label: 'Hypervisor', type: text(), isReadOnly: true },
    args: {
      label: 'Arguments',
      type: rows('argument', { value: argument }),
      when: isOfQemu,
      help: 'Put behind those that libvirt makes, one entry for each word: "-device" and what follows it are two.',
      whyNotLive: 'The emulator reads its command line when the VM starts.',
    },
    env: {
      label: 'Environment',
      type: rows('variable', {
        name: { label: 'Name', type: text(variableName), isRequired: true },
        value: { label: 'Value', type: text({ maxLength: 65_000, isMono: true }) },
      }),
      when: isOfQemu,
    },
    deprecation: {
      label: 'When something outdated is used',
      type: choice([
        ['none', 'Allow it'],
        ['omit', 'Leave it out of answers'],
        ['reject', 'Refuse it'],
        ['crash', 'End the VM', 'for finding what uses it'],
      ]),
      when: isOfQemu,
      absent: 'Allow it',
      isAdvanced: true,
    },
    xenArgs: {
      label: 'Arguments of the device model',
      type: rows('argument', { value: argument }),
      when: has('virtType', 'xen'),
      help: 'For the QEMU that emulates devices for Xen, one entry for each word.',
    },
  },
  groups: [{ title: '', fields: ['args', 'env', 'xenArgs', 'deprecation'] }],
  title: () => 'Emulator command line',
  summary: (values) => {
    const count = [values.args, values.env, values.xenArgs].flatMap((one) =>
      Array.isArray(one) ? (one as readonly unknown[]) : [],
    ).length
    return count === 0 ? undefined : `${count} ${count === 1 ? 'entry' : 'entries'}`
  },
  whyNotOffered: (context) =>
    isQemu(context) || isXen(context) ? undefined : 'Only QEMU and Xen VMs have an emulator of their own',
  check: problems,
})

function problems({ args, xenArgs }: Values): Problem[] {
  const field = args === undefined ? (xenArgs === undefined ? undefined : 'xenArgs') : 'args'
  if (field === undefined) return []
  return [
    {
      severity: 'hint',
      field,
      message:
        'The host does not check these: a wrong one keeps the VM from starting, and devices added here cannot be seen or migrated by libvirt.',
    },
  ]
}
