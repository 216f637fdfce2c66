import { events } from '../../../../shared/model/hardware/kinds/events'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#events-configuration and #power-management */
export const eventsBinding = bind(events, {
  fields: {
    onPoweroff: 'on_poweroff',
    onReboot: 'on_reboot',
    onCrash: 'on_crash',
    onLockFailure: 'on_lockfailure',
    suspendToMemory: { at: 'pm/suspend-to-mem/@enabled', as: 'yes-no' },
    suspendToDisk: { at: 'pm/suspend-to-disk/@enabled', as: 'yes-no' },
  },
})
