import { choice, plain } from '../field'
import { defineKind, isQ35, isX86 } from '../kind'

const models: Record<string, string> = {
  itco: 'iTCO (built into Q35)',
  i6300esb: 'Intel 6300ESB',
  ib700: 'iBase 700 (ISA)',
  diag288: 'DIAG 288',
}

export const watchdog = defineKind({
  id: 'watchdog',
  label: 'Watchdog',
  role: 'device',
  fields: {
    model: {
      label: 'Model',
      type: choice(Object.entries(models), { offeredBy: 'watchdog.model' }),
      isRequired: true,
      help: 'The guest needs a driver for it and a program that feeds it, such as the watchdog daemon.',
      whyNotLive: 'The model is a different device: remove this one and add another.',
    },
    action: {
      label: 'When it expires',
      type: choice([
        ['reset', 'Reset the VM'],
        ['shutdown', 'Shut down the VM', 'asks the guest, which may be stuck'],
        ['poweroff', 'Force the VM off'],
        ['pause', 'Pause the VM'],
        ['dump', 'Write a memory dump and go on'],
        ['inject-nmi', 'Send the guest an NMI'],
        ['none', 'Do nothing'],
      ]),
      absent: 'Reset the VM',
    },
  },
  groups: [{ title: '', fields: ['model', 'action'] }],
  title: ({ model }) => `Watchdog ${models[plain(model)] ?? plain(model)}`,
  summary: ({ action }) => (action === undefined ? undefined : `On expiry: ${plain(action)}`),
  defaults: (context) => ({
    model: isX86(context)
      ? isQ35(context)
        ? 'itco'
        : 'i6300esb'
      : context.architecture === 's390x'
        ? 'diag288'
        : 'i6300esb',
    action: 'reset',
  }),
  hotplug: ({ model }) =>
    model === 'i6300esb' ? true : 'Only an Intel 6300ESB watchdog can be plugged in while the guest runs',
})
