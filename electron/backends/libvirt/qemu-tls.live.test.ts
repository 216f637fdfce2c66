import { qemuByTls } from './testing/lab-qemu'
import { describeQemu } from './testing/qemu-suite'

describeQemu('libvirt qemu over TLS', {
  guestsAnswerAcpi: true,
  hasDisplaysOnNetwork: true,
  runsNoCommands: true,
  hasNoShell: true,
  start: qemuByTls,
})
