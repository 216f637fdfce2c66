import { describeQemuDirect } from './testing/describe-qemu'

describeQemuDirect('qemu without libvirt')
