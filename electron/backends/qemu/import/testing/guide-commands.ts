/**
 * Command lines of the virtualization guide, by the lines where it has them. Footnote digits and words that were glued
 * together when the text was taken out of the book are repaired; options that QEMU 7.2 refuses are left as the guide
 * prints them, as mending them is what is tested. `has` are pieces of the definition each must come to.
 */
export interface GuideCommand {
  readonly lines: string
  readonly command: string
  readonly has: readonly string[]
  /** Pieces of what is told. */
  readonly told?: readonly string[]
  /** Words that are kept for QEMU. */
  readonly kept?: readonly string[]
}

export const guideCommands: readonly GuideCommand[] = [
  {
    lines: '7259-7264',
    command: `qemu-system-x86_64 -name "SLES 12 SP1 vm" -M pc -m 768 -smp 2 -boot d \\
  -drive file=/images/sles/hda,if=virtio,index=0,media=disk,format=raw \\
  -drive file=/isos/SLES-12-SP1-DVD-x86_64-GM-DVD1.iso,index=1,media=cdrom \\
  -net nic,model=virtio,macaddr=52:54:00:05:11:18 -net user \\
  -vga cirrus -balloon virtio`,
    has: [
      '<name>SLES 12 SP1 vm</name>',
      "<memory unit='MiB'>768</memory>",
      '<vcpu>2</vcpu>',
      "<boot dev='cdrom'/>",
      "<driver name='qemu' type='raw'/>",
      "<target dev='vda' bus='virtio'/>",
      "<target dev='hdb' bus='ide'/>",
      "<mac address='52:54:00:05:11:18'/>",
      "<model type='virtio'/>",
      "<model type='cirrus' primary='yes'/>",
      "<memballoon model='virtio'/>",
    ],
    told: ['-balloon is gone from QEMU', '-net is the old way'],
  },
  {
    lines: '7280-7284',
    command:
      'qemu-system-x86_64 -name "SLES 12 SP1 vm" -M pc-i440fx-2.7 -m 768 -smp 2 -boot c -drive file=/images/sles/hda,if=virtio,index=0,media=disk,format=raw -net nic,model=virtio,macaddr=52:54:00:05:11:18 -vga cirrus -balloon virtio',
    has: ["machine='pc-i440fx-2.7'", "<boot dev='hd'/>", "<interface type='null'>"],
  },
  {
    lines: '7046',
    command:
      'qemu-system-x86_64 -m 1024 -device virtio-scsi-pci,id=scsi -drive file=/dev/disk/by-path/example,if=none,id=hd0,format=raw -device scsi-disk,drive=hd0',
    has: [
      "<controller type='scsi' model='virtio-scsi'/>",
      "<source dev='/dev/disk/by-path/example'/>",
      "<target dev='sda' bus='scsi'/>",
    ],
    told: ['scsi-disk is called scsi-hd today'],
  },
  {
    lines: '7057-7058',
    command:
      'qemu-system-x86_64 -m 512 -netdev tap,id=hostnet0,vhost=on,ifname=tap0,script=no,downscript=no -device virtio-net-pci,netdev=hostnet0,mac=52:54:00:4b:4b:01',
    has: ["<interface type='ethernet'>", "<target dev='tap0' managed='no'/>", "<driver name='vhost'/>"],
  },
  {
    lines: '7093',
    command:
      'qemu-system-x86_64 -m 512 -netdev tap,id=net0,ifname=tap1,script=no,vhost=on,queues=4 -device virtio-net-pci,netdev=net0,mq=on,vectors=10',
    has: ["<driver name='vhost' queues='4'/>"],
  },
  {
    lines: '7133',
    command: 'qemu-system-x86_64 -m 2048 -enable-kvm -device vfio-pci,host=01:10.0,id=vfio1',
    has: [
      "<hostdev mode='subsystem' type='pci' managed='no'>",
      "bus='0x01' slot='0x10' function='0x0'",
      "<domain type='kvm'>",
    ],
  },
  {
    lines: '7168',
    command:
      'qemu-system-x86_64 -m 512 -fsdev local,id=exp1,path=/tmp/,security_model=mapped -device virtio-9p-pci,fsdev=exp1,mount_tag=v_tmp',
    has: ["<filesystem type='mount' accessmode='mapped'>", "<source dir='/tmp/'/>", "<target dir='v_tmp'/>"],
  },
  {
    lines: '7684',
    command: 'qemu-system-x86_64 -m 512 /images/example.qcow2',
    has: [
      "<driver name='qemu' type='qcow2'/>",
      "<source file='/images/example.qcow2'/>",
      "<target dev='hda' bus='ide'/>",
    ],
    told: ['The format of /images/example.qcow2 is not said'],
  },
  {
    lines: '7697',
    command:
      'qemu-system-x86_64 -m 1024 -M q35 -drive if=pflash,format=raw,readonly=on,file=/usr/share/qemu/ovmf-x86_64-code.bin -drive if=pflash,format=raw,file=/vms/vars.bin',
    has: [
      "<loader readonly='yes' type='pflash'>/usr/share/qemu/ovmf-x86_64-code.bin</loader>",
      '<nvram>/vms/vars.bin</nvram>',
    ],
  },
  {
    lines: '7744',
    command: 'qemu-system-x86_64 -M q35,accel=kvm:tcg -m 2G -cpu host -drive file=/images/a.raw,format=raw',
    has: [
      "machine='q35'",
      "<domain type='kvm'>",
      "<cpu mode='host-passthrough'/>",
      "<memory unit='MiB'>2048</memory>",
      "<target dev='sda' bus='sata'/>",
    ],
  },
  {
    lines: '7770',
    command:
      'qemu-system-x86_64 -name "SLES 12 SP1" -M pc-i440fx-2.7 -m 512 -machine accel=kvm -cpu kvm64 -smp 2 -drive file=/images/sles.raw,format=raw',
    has: ["<model fallback='forbid'>kvm64</model>", "machine='pc-i440fx-2.7'"],
  },
  {
    lines: '7763',
    command: 'qemu-system-x86_64 -m 512 -smp 4,sockets=2,cores=2,threads=1,maxcpus=4',
    has: ['<vcpu>4</vcpu>', "<topology sockets='2' cores='2' threads='1'/>"],
  },
  {
    lines: '7758',
    command: 'qemu-system-x86_64 -m 4G -balloon virtio',
    has: ["<memory unit='MiB'>4096</memory>", "<memballoon model='virtio'/>"],
  },
  {
    lines: '7773',
    command: 'qemu-system-x86_64 -m 512 -S -daemonize -pidfile /run/vm.pid -no-shutdown -no-reboot',
    has: ['<on_poweroff>preserve</on_poweroff>', '<on_reboot>destroy</on_reboot>'],
    told: ['-S is left out', '-daemonize is left out', '-pidfile is left out'],
  },
  {
    lines: '7808',
    command: 'qemu-system-x86_64 -m 512 -rtc clock=vm',
    has: ["<timer name='rtc' track='guest'/>"],
  },
  {
    lines: '7801',
    command: 'qemu-system-x86_64 -m 512 -rtc base=localtime,driftfix=slew',
    has: ["<clock offset='localtime'>", "<timer name='rtc' tickpolicy='catchup'/>"],
  },
  {
    lines: '7810',
    command: 'qemu-system-x86_64 -m 512 -rtc base=2006-06-17T16:01:21',
    has: ["<clock offset='absolute' start='1150560081'/>"],
  },
  {
    lines: '7897',
    command: 'qemu-system-x86_64 -m 512 -drive file=/images/disk.raw,format=raw,index=0,media=disk',
    has: ["<target dev='hda' bus='ide'/>"],
  },
  {
    lines: '7901',
    command: 'qemu-system-x86_64 -m 512 -hda /images/a.raw -hdb /images/b.raw -hdd /images/d.raw',
    has: ["<target dev='hda' bus='ide'/>", "<target dev='hdb' bus='ide'/>", "<target dev='hdd' bus='ide'/>"],
  },
  {
    lines: '7905',
    command: 'qemu-system-x86_64 -m 512 -cdrom /images/exotic.iso -boot order=dc,menu=on',
    has: [
      "<disk type='file' device='cdrom'>",
      "<target dev='hdc' bus='ide'/>",
      "<boot dev='cdrom'/>",
      "<bootmenu enable='yes'/>",
    ],
  },
  {
    lines: '7909',
    command: 'qemu-system-x86_64 -m 512 -fda /images/floppy.img -boot a',
    has: ["<disk type='file' device='floppy'>", "<target dev='fda' bus='fdc'/>", "<boot dev='fd'/>"],
  },
  {
    lines: '7918',
    command: 'qemu-system-x86_64 -m 512 -drive file=/images/install.iso,media=cdrom,if=ide,index=2',
    has: ["<disk type='file' device='cdrom'>", '<readonly/>'],
  },
  {
    lines: '7922',
    command: 'qemu-system-x86_64 -m 512 -cdrom /dev/cdrom',
    has: ["<disk type='block' device='cdrom'>", "<source dev='/dev/cdrom'/>"],
  },
  {
    lines: '7934',
    command: 'qemu-system-x86_64 -m 512 -drive file=/images/disk.qcow2,format=qcow2,if=scsi,discard=on',
    has: ["discard='unmap'", "<target dev='sda' bus='scsi'/>"],
    told: ['if=scsi is refused'],
  },
  {
    lines: '7949',
    command:
      'qemu-system-x86_64 -m 512 -object iothread,id=iothread1 -drive if=none,id=drive0,cache=none,aio=native,format=raw,file=/images/a.raw -device virtio-blk-pci,drive=drive0,scsi=off,iothread=iothread1',
    has: ['<iothreads>1</iothreads>', "iothread='1'", "cache='none' io='native'"],
  },
  {
    lines: '4692',
    command:
      'qemu-system-x86_64 -m 512 -drive file=/images/a.raw,format=raw,if=virtio,cache=writeback,aio=native',
    has: ["cache='writeback' io='threads'"],
    told: ['aio=native needs cache=none or directsync'],
  },
  {
    lines: '7953',
    command:
      'qemu-system-x86_64 -m 512 -object iothread,id=t1 -object iothread,id=t2 -drive file=/images/a.raw,format=raw,if=none,id=d1 -device virtio-blk-pci,drive=d1,iothread=t1 -drive file=/images/b.raw,format=raw,if=none,id=d2 -device virtio-blk-pci,drive=d2,iothread=t2',
    has: ['<iothreads>2</iothreads>', "iothread='1'", "iothread='2'", "<target dev='vdb' bus='virtio'/>"],
  },
  {
    lines: '7985',
    command:
      'qemu-system-x86_64 -m 512 -drive file=iscsi://192.168.1.1:3260/iqn.2013-07.com.example:iscsi-nopool/2,if=virtio,format=raw',
    has: [
      "<disk type='network' device='disk'>",
      "<source protocol='iscsi' name='iqn.2013-07.com.example:iscsi-nopool/2'>",
      "<host name='192.168.1.1' port='3260'/>",
    ],
  },
  {
    lines: '8001',
    command:
      'qemu-system-x86_64 -m 512 -hda /images/a.raw -vga qxl -spice port=5901,addr=127.0.0.1,disable-ticketing',
    has: ["<graphics type='spice' port='5901' autoport='no'>", "<model type='qxl' primary='yes'/>"],
  },
  {
    lines: '8026',
    command: 'qemu-system-x86_64 -m 512 -hda /images/a.raw -nographic',
    has: ["<serial type='pty'/>"],
    told: ['-nographic: the VM has no screen'],
  },
  {
    lines: '8027-8042',
    command:
      'qemu-system-x86_64 -m 512 -hda /images/a.raw -no-frame -full-screen -alt-grab -ctrl-grab -no-quit -sdl',
    has: ["<graphics type='vnc' autoport='yes'>"],
    told: [
      '-no-frame is gone',
      '-alt-grab is gone',
      '-ctrl-grab is gone',
      '-no-quit is gone',
      'replaced by the console',
    ],
  },
  {
    lines: '8062',
    command: 'qemu-system-x86_64 -m 512 -hda /images/a.raw -usb -usbdevice tablet -k en-us',
    has: [
      "<input type='tablet' bus='usb'/>",
      "<controller type='usb' model='piix3-uhci'/>",
      "keymap='en-us'",
    ],
  },
  {
    lines: '8070',
    command:
      'qemu-system-x86_64 -m 512 -usb -usbdevice disk:/virt/usb_disk.raw -usbdevice disk:format=raw:/virt/two.img',
    has: ["<target dev='sda' bus='usb'/>", "<target dev='sdb' bus='usb'/>"],
    told: ['-usbdevice is the old way'],
  },
  {
    lines: '8078',
    command:
      'qemu-system-x86_64 -m 512 -usbdevice serial: -usbdevice net:macaddr=52:54:00:4b:00:02 -usbdevice mouse',
    has: ["<target type='usb-serial'/>", "<model type='usb-net'/>", "<input type='mouse' bus='usb'/>"],
  },
  {
    lines: '8087',
    command: 'qemu-system-x86_64 -m 512 -usb -usbdevice host:1234:5678',
    has: ["<vendor id='0x1234'/>", "<product id='0x5678'/>"],
  },
  {
    lines: '8130',
    command: 'qemu-system-x86_64 -m 512 -chardev file,id=ser0,path=/tmp/ser0.log -serial chardev:ser0',
    has: ["<serial type='file'>", "<source path='/tmp/ser0.log'/>"],
  },
  {
    lines: '8136',
    command:
      'qemu-system-x86_64 -m 512 -chardev socket,id=c0,path=/tmp/c0.sock,server,nowait -device isa-serial,chardev=c0',
    has: ["<serial type='unix'>", "<source mode='bind' path='/tmp/c0.sock'/>"],
  },
  {
    lines: '8143',
    command: 'qemu-system-x86_64 -m 512 -chardev tty,id=t0,path=/dev/ttyS0 -serial chardev:t0',
    has: ["<serial type='dev'>", "<source path='/dev/ttyS0'/>"],
    told: ['The character device “tty” is called serial today'],
  },
  {
    lines: '8161',
    command:
      'qemu-system-x86_64 -m 512 -chardev udp,id=u0,host=127.0.0.1,port=4555 -device isa-serial,chardev=u0',
    has: ["<serial type='udp'>", "<source mode='connect' host='127.0.0.1' service='4555'/>"],
  },
  {
    lines: '8174',
    command: 'qemu-system-x86_64 -m 512 -serial stdio -parallel null -monitor vc',
    has: ["<serial type='pty'/>", "<parallel type='null'/>"],
    told: ['becomes a text console of the window'],
  },
  {
    lines: '8186',
    command:
      'qemu-system-x86_64 -m 512 -serial telnet::4444,server,nowait -serial none -monitor unix:/tmp/mon,server,nowait',
    has: ["<source mode='bind' host='127.0.0.1' service='4444'/>", "<protocol type='telnet'/>"],
    kept: ['-monitor', 'unix:/tmp/mon,server,nowait'],
  },
  {
    lines: '8232',
    command:
      'qemu-system-x86_64 -m 512 -netdev user,id=hostnet0 -device virtio-net-pci,netdev=hostnet0,vlan=1,macaddr=00:16:35:AF:94:4B,name=ncard1',
    has: ["<interface type='user'>", "<mac address='00:16:35:af:94:4b'/>"],
    told: ['macaddr= of a device is mac=', 'vlan= of a device is gone'],
  },
  {
    lines: '8260',
    command:
      'qemu-system-x86_64 -m 512 -netdev user,id=hostnet0 -device virtio-net-pci,netdev=hostnet0,vlan=1,name=user_net1,restrict=yes',
    has: ["<domain type='qemu' xmlns:qemu="],
    kept: ['-netdev', 'user,id=hostnet0,restrict=yes', '-device', 'virtio-net-pci,netdev=hostnet0'],
    told: ['belong to the network, not to the card'],
  },
  {
    lines: '8267',
    command:
      'qemu-system-x86_64 -m 512 -netdev user,id=hostnet0 -device virtio-net-pci,netdev=hostnet0,net=10.2.0.0/8,host=10.2.0.6,dhcpstart=10.2.0.20,hostname=tux_kvm_guest',
    has: [],
    kept: ['user,id=hostnet0,net=10.2.0.0/8,dhcpstart=10.2.0.20,host=10.2.0.6,hostname=tux_kvm_guest'],
  },
  {
    lines: '8274',
    command:
      'qemu-system-x86_64 -m 512 -netdev user,id=hostnet0 -device virtio-net-pci,netdev=hostnet0,tftp=/images/tftp_dir,bootfile=/images/boot/pxelinux.0',
    has: [],
    kept: ['user,id=hostnet0,tftp=/images/tftp_dir,bootfile=/images/boot/pxelinux.0'],
  },
  {
    lines: '8282',
    command:
      'qemu-system-x86_64 -m 512 -netdev user,id=hostnet0 -device virtio-net-pci,netdev=hostnet0,hostfwd=tcp::2222-:22 -name tunnel',
    has: ["<portForward proto='tcp'>", "<range start='2222' to='22'/>"],
    told: ['hostfwd= belongs to the network'],
  },
  {
    lines: '8295',
    command: 'qemu-system-x86_64 -m 512 -net nic -net user -redir tcp:5555::80',
    has: ["<range start='5555' to='80'/>"],
    told: ['-redir is gone'],
  },
  {
    lines: '8323',
    command:
      'sudo qemu-system-x86_64 -m 512 -netdev tap,id=hostnet0,ifname=tap4,script=no,downscript=no -device virtio-net-pci,netdev=hostnet0 &',
    has: ["<interface type='ethernet'>"],
    told: ['“sudo” is left out', '“&” at the end is left out'],
  },
  {
    lines: '8349-8361',
    command:
      'qemu-system-x86_64 -m 512 -netdev bridge,id=hostnet0,br=br0,helper=/usr/lib/qemu-bridge-helper -device virtio-net-pci,netdev=hostnet0',
    has: ["<interface type='bridge'>", "<source bridge='br0'/>"],
  },
  {
    lines: '8425',
    command: 'qemu-system-x86_64 -m 512 -vnc :5 -hda /images/a.raw',
    has: ["<graphics type='vnc' port='5905' autoport='no'>", "<listen type='address' address='0.0.0.0'/>"],
    told: ['VNC listens on every address'],
  },
  {
    lines: '8428',
    command: 'qemu-system-x86_64 -m 512 -vnc localhost:5,password -monitor stdio',
    has: ["passwd=''"],
    told: ['VNC asks for a password'],
  },
  {
    lines: '8450-8468',
    command: 'qemu-system-x86_64 -m 512 -vnc :5,tls,x509verify=/etc/pki/libvirt-vnc,password',
    has: ["port='5905'"],
    told: ['tls of -vnc is gone', 'x509verify of -vnc is gone'],
  },
  {
    lines: '8404',
    command: 'qemu-system-x86_64 -m 512 -vnc localhost:7,websocket=5707,share=force-shared',
    has: ["sharePolicy='force-shared'", "websocket='5707'"],
  },
  {
    lines: '5195-5197',
    command:
      'qemu-system-x86_64 -m 512 -chardev socket,id=chrtpm,path=/tmp/mytpm1/swtpm-sock -tpmdev emulator,id=tpm0,chardev=chrtpm -device tpm-tis,tpmdev=tpm0',
    has: ["<tpm model='tpm-tis'>", "<backend type='emulator' version='2.0'/>"],
    told: ['The TPM gets a swtpm and a state of its own'],
  },
  {
    lines: '8812',
    command: 'qemu-system-x86_64 -m 512 -qmp tcp:localhost:4444,server,nowait -qmp stdio',
    has: [],
    kept: ['-qmp', 'tcp:localhost:4444,server,nowait'],
  },
  {
    lines: '8844',
    command:
      'qemu-system-x86_64 -m 512 -mon chardev=mon0,mode=readline -chardev socket,id=mon0,path=/tmp/mon0,server=on,wait=off',
    has: [],
    kept: ['-mon', 'chardev=mon0,mode=readline', '-chardev'],
  },
  {
    lines: '8795',
    command: 'qemu-system-x86_64 -m 512 -hda /images/a.raw -incoming tcp:0:4444',
    has: [],
    told: ['-incoming is left out'],
  },
  {
    lines: '7275',
    command:
      'qemu-system-x86_64 -m 512 -soundhw ac97,hda -localtime -no-acpi -no-hpet -snapshot -hda /images/a.raw',
    has: ["<sound model='ac97'/>", "<sound model='ich6'/>", "<timer name='hpet' present='no'/>"],
    told: ['-soundhw is gone', 'was to be forgotten'],
  },
]
