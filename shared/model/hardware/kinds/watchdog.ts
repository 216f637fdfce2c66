import { choice, plain } from '../field'
import { defineKind, isQ35, isX86, offers, type HardwareContext } from '../kind'

const models: Record<string, string> = {
  itco: 'iTCO (built into Q35)',
  i6300esb: 'Intel 6300ESB',
  ib700: 'iBase 700 (ISA)',
  diag288: 'DIAG 288',
}

/** Q35 has an iTCO watchdog built in, which libvirts before 9.1 cannot name: only a host that offers it gets it. */
function modelFor(context: HardwareContext): string {
  if (context.architecture === 's390x') return 'diag288'
  return isX86(context) && isQ35(context) && offers(context.capabilities, 'watchdog', 'model', 'itco')
    ? 'itco'
    : 'i6300esb'
}

export const watchdog = defineKind({
  id: 'watchdog',
  label: 'Watchdog',
  role: 'device',
  // libvirt takes several from 9.1 on
  max: 1,
  fields: {
    model: {
      label: 'Model',
      type: choice(Object.entries(models), { offeredBy: 'watchdog.model', since: { itco: '9.1' } }),
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
    model: modelFor(context),
    action: 'reset',
  }),
  hotplug: ({ model }) =>
    model === 'i6300esb' ? true : 'Only an Intel 6300ESB watchdog can be plugged in while the guest runs',
})
