/**
 * libvirt's domain states and reasons as users know them
 * (https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainState). A reason is given only when it says more than
 * the state.
 */
import type { VmState } from '../../../shared/model/vm'
import {
  virDomainCrashedReason as crashed,
  virDomainPausedReason as paused,
  virDomainRunningReason as running,
  virDomainShutoffReason as shutoff,
  virDomainState as states,
} from '../../libvirt-rpc/index'

const stateNames: Record<number, VmState> = {
  [states.VIR_DOMAIN_RUNNING]: 'running',
  // an idle guest of Xen; everybody calls it running
  [states.VIR_DOMAIN_BLOCKED]: 'running',
  [states.VIR_DOMAIN_PAUSED]: 'paused',
  [states.VIR_DOMAIN_SHUTDOWN]: 'shutting-down',
  [states.VIR_DOMAIN_SHUTOFF]: 'shut-off',
  [states.VIR_DOMAIN_CRASHED]: 'crashed',
  [states.VIR_DOMAIN_PMSUSPENDED]: 'suspended',
}

const reasonTexts: Record<number, Record<number, string>> = {
  [states.VIR_DOMAIN_RUNNING]: {
    [running.VIR_DOMAIN_RUNNING_CRASHED]: 'after a crash',
    [running.VIR_DOMAIN_RUNNING_POSTCOPY]: 'migrating, its memory still arrives',
    [running.VIR_DOMAIN_RUNNING_POSTCOPY_FAILED]: 'migration failed half-way',
  },
  [states.VIR_DOMAIN_PAUSED]: {
    [paused.VIR_DOMAIN_PAUSED_USER]: 'by the user',
    [paused.VIR_DOMAIN_PAUSED_MIGRATION]: 'while migrating',
    [paused.VIR_DOMAIN_PAUSED_SAVE]: 'while saving',
    [paused.VIR_DOMAIN_PAUSED_DUMP]: 'while its memory is dumped',
    [paused.VIR_DOMAIN_PAUSED_IOERROR]: 'I/O error on a disk',
    [paused.VIR_DOMAIN_PAUSED_WATCHDOG]: 'by its watchdog',
    [paused.VIR_DOMAIN_PAUSED_FROM_SNAPSHOT]: 'after reverting to a snapshot',
    [paused.VIR_DOMAIN_PAUSED_SHUTTING_DOWN]: 'while shutting down',
    [paused.VIR_DOMAIN_PAUSED_SNAPSHOT]: 'while a snapshot is made',
    [paused.VIR_DOMAIN_PAUSED_CRASHED]: 'the guest crashed',
    [paused.VIR_DOMAIN_PAUSED_STARTING_UP]: 'while starting',
    [paused.VIR_DOMAIN_PAUSED_POSTCOPY]: 'migrated, runs on the other host',
    [paused.VIR_DOMAIN_PAUSED_POSTCOPY_FAILED]: 'migration failed half-way',
    [paused.VIR_DOMAIN_PAUSED_API_ERROR]: 'an operation on the host failed',
  },
  [states.VIR_DOMAIN_SHUTOFF]: {
    [shutoff.VIR_DOMAIN_SHUTOFF_CRASHED]: 'it crashed',
    [shutoff.VIR_DOMAIN_SHUTOFF_MIGRATED]: 'migrated to another host',
    [shutoff.VIR_DOMAIN_SHUTOFF_SAVED]: 'saved',
    [shutoff.VIR_DOMAIN_SHUTOFF_FAILED]: 'it failed to start',
    [shutoff.VIR_DOMAIN_SHUTOFF_DAEMON]: 'the daemon restarted and lost track of it',
  },
  [states.VIR_DOMAIN_CRASHED]: {
    [crashed.VIR_DOMAIN_CRASHED_PANICKED]: 'the guest kernel panicked',
  },
}

export function vmStateOf(state: number): VmState {
  return stateNames[state] ?? 'unknown'
}

export function stateReasonOf(state: number, reason: number): string | undefined {
  return reasonTexts[state]?.[reason]
}
