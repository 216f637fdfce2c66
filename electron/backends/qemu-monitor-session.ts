import type { VmId } from '../../shared/model/ids'
import type { MonitorLanguage, MonitorOffer, MonitorReply } from '../../shared/model/qemu-monitor'

/** The console of the emulator that runs a VM. What is done there goes past everybody who manages the VM. */
export interface QemuMonitorSession {
  monitorOffer(vm: VmId): Promise<MonitorOffer>
  /** Ends when the emulator has answered. `unsupported` where there is no monitor, `invalid` for what is no command. */
  monitorCommand(vm: VmId, language: MonitorLanguage, command: string): Promise<MonitorReply>
}
