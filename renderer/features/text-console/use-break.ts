import { errorData } from '../../../shared/errors'
import type { VmRef } from '../../../shared/model/ids'
import type { TextDevice } from '../../../shared/model/text-console'
import { api } from '../../api/client'
import { showToast } from '../../stores/toasts'
import type { MenuEntry } from '../../ui/Menu'
import { useAgreement } from './monitor/agreement'

/**
 * A break on a serial line, which a kernel takes for its magic SysRq key: no byte stands for it, so the emulator is asked
 * to send it. libvirt names QEMU's character devices after their alias.
 */
export function useBreak(target: VmRef, device: TextDevice, hasMonitor: boolean): readonly MenuEntry[] {
  const { isAgreed } = useAgreement(target)
  if (!hasMonitor || device.kind !== 'serial') return []
  const send = async (): Promise<void> => {
    const command = `chardev-send-break char${device.id}`
    const { text } = await api.qemuMonitor.run({ ...target, language: 'hmp', command })
    if (text.trim() !== '') showToast({ tone: 'error', title: `${device.label}: ${text.trim()}` })
  }
  return [
    {
      id: 'break',
      label: 'Break (magic SysRq)',
      disabledReason: isAgreed
        ? undefined
        : 'It goes by the monitor: open Monitor and agree to its use first',
      run: () =>
        void send().catch((error: unknown) =>
          showToast({ tone: 'error', title: `${device.label}: no break was sent`, error: errorData(error) }),
        ),
    },
  ]
}
