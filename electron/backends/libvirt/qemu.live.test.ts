import { qemuBySocket } from './testing/lab-qemu'
import { describeQemu } from './testing/qemu-suite'

describeQemu('libvirt qemu', { guestsAnswerAcpi: true, start: qemuBySocket })
