import { qemuBySsh } from './testing/lab-qemu'
import { describeQemu } from './testing/qemu-suite'

// the same host from outside, where every stream is a channel of one ssh connection; its guests stay in the firmware
describeQemu('libvirt qemu over ssh', { guestsAnswerAcpi: false, start: qemuBySsh })
