import type { Recipe } from './recipe'
import { lines, onClient, onHost, packageCommand, quoted } from './words'

const xenPackages = {
  debian: 'xen-system-amd64 libvirt-daemon-system libvirt-daemon-driver-xen',
  redhat: 'xen libvirt-daemon-xen',
  suse: 'xen xen-tools libvirt-daemon-xen',
}

export const headlessHost: Recipe = {
  id: 'headless-host',
  topic: 'SSH',
  title: 'Manage a host without screen and keyboard',
  summary: 'Everything goes through ssh: managing, text consoles and graphical consoles.',
  keywords: ['headless', 'server', 'ssh', 'virt-install', 'xl', 'viewer', 'no display'],
  build: (values) => {
    const { user, host } = quoted(values)
    const uri = `qemu+ssh://${user}@${host}/system`
    return {
      steps: [
        onClient(
          'Sign in to the host’s text console; libvirt’s and Xen’s tools work there.',
          `ssh ${user}@${host}`,
        ),
        onHost(
          'Graphical tools are not needed on the host; a virtual machine is made there without a screen like this.',
          lines(
            `virt-install --name demo --memory 2048 --vcpus 2 --disk size=10 --osinfo detect=on,require=off \\`,
            '  --cdrom /var/lib/libvirt/images/install.iso --graphics vnc,listen=127.0.0.1 --noautoconsole',
          ),
        ),
        onClient(
          'In Innkeeper, add the host with this URI: the graphical consoles come through the same ssh connection.',
          `echo ${uri}`,
        ),
      ],
      changes: ['Nothing by itself: the host only needs ssh and libvirt'],
      dangers: ['Let consoles listen on 127.0.0.1: through ssh they need no open port.'],
      verify: [onClient('The host answers from here.', `virsh -c ${uri} list --all`)],
      undo: [onHost('Remove the example guest.', 'virsh undefine demo --remove-all-storage')],
    }
  },
}

export const xenHost: Recipe = {
  id: 'xen-host',
  topic: 'Xen',
  title: 'Manage Xen through libvirt',
  summary: 'Domain 0 with its services (xencommons) and libvirt’s Xen driver.',
  keywords: ['xencommons', 'xenstored', 'xenconsoled', 'xl', 'xm', 'dom0', 'hypervisor'],
  build: (values) => {
    const { user, host } = quoted(values)
    return {
      steps: [
        onHost(
          'Install Xen and libvirt’s driver for it, then start the host anew and choose Xen in the boot menu.',
          `${packageCommand[values.distribution]} ${xenPackages[values.distribution]}`,
        ),
        onHost(
          'Start the services every tool needs: xenstored and xenconsoled.',
          'sudo systemctl enable --now xencommons',
        ),
        values.daemons === 'modular'
          ? onHost(
              'Start libvirt’s Xen daemon.',
              'sudo systemctl enable --now virtxend.socket virtproxyd.socket',
            )
          : onHost('Start libvirt.', 'sudo systemctl enable --now libvirtd.socket libvirtd.service'),
      ],
      changes: [
        'The host boots with Xen below its kernel',
        'Services are started and enabled for every boot',
      ],
      dangers: [
        'xl shows only guests that run and were started from a file; xm is gone since Xen 4.5. Keep guests in libvirt, and do not start the same guest by both.',
        'Everything of Xen needs root in domain 0.',
        'Guests that xl starts look for a bridge called xenbr0: make one of that name (“Bridge guests to the host’s network”), or name another in each guest’s vif line or in /etc/xen/xl.conf (vif.default.bridge).',
      ],
      verify: [
        onHost(
          'This is domain 0, and its services run.',
          lines('cat /proc/xen/capabilities', 'systemctl is-active xencommons', 'sudo xl list'),
        ),
        onClient('libvirt answers.', `virsh -c xen+ssh://${user}@${host}/system list --all`),
      ],
      undo: [
        onHost(
          'Choose the entry without Xen in the boot menu; stop the services.',
          'sudo systemctl disable --now xencommons',
        ),
      ],
    }
  },
}
