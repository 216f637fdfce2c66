import { qemuBySsh } from './testing/lab-qemu'
import { describeQemu } from './testing/qemu-suite'

// as over ssh, with the computer's own ssh program and still one connection
describeQemu('libvirt qemu over the system’s ssh', {
  guestsAnswerAcpi: false,
  start: () => qemuBySsh('system'),
})
