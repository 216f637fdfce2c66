import type { Recipe } from './recipe'
import { lines, onClient, onHost, packageCommand } from './words'

const packages = {
  debian: 'vagrant vagrant-libvirt',
  redhat: 'vagrant vagrant-libvirt',
  suse: 'vagrant vagrant-libvirt',
}

export const vagrant: Recipe = {
  id: 'vagrant',
  topic: 'Moving VMs',
  title: 'Work with Vagrant on libvirt',
  summary:
    'VMs for development, described by a file in the project’s folder: made, set up and thrown away by short commands.',
  keywords: [
    'box',
    'vagrantfile',
    'vagrant-libvirt',
    'provider',
    'virtualbox',
    'vmware',
    'hyper-v',
    'aws',
    'provisioner',
    'ansible',
    'puppet',
    'chef',
    'salt',
    'cfengine',
    'shell',
  ],
  build: ({ distribution }) => ({
    steps: [
      onHost(
        'Install Vagrant with its provider for libvirt. Other providers (VirtualBox and Hyper-V, which come along; VMware and AWS as plug-ins) make their VMs elsewhere, and Innkeeper does not see them.',
        `${packageCommand[distribution]} ${packages[distribution]}`,
      ),
      onHost(
        'Without such a package: the plug-in, which is built here.',
        lines('vagrant plugin install vagrant-libvirt', 'vagrant plugin list'),
      ),
      onHost(
        'Get a box, which is the disk of a system ready to start. Take one with the provider “libvirt” and for the processor of the host: x86_64 or aarch64. A file that is here already is added under a name of your own.',
        lines(
          'vagrant box add --provider libvirt opensuse/Leap-15.6.x86_64',
          'vagrant box add --name my-box ./my-box.box',
          'vagrant box list',
        ),
      ),
      onHost(
        'In the folder of the project: write a Vagrantfile, make the VM, and sign in to it.',
        lines('vagrant init my-box', 'vagrant up --provider libvirt', 'vagrant ssh'),
      ),
      {
        where: 'host',
        text: 'What the VM has and how it is set up is written in the Vagrantfile. Its provisioners run at the first start, and again by “vagrant provision”: shell and file are built in, as are those that hand over to Ansible, CFEngine, Chef, Puppet and Salt.',
        file: {
          path: 'Vagrantfile',
          content: lines(
            'Vagrant.configure("2") do |config|',
            '  config.vm.box = "my-box"',
            '  config.vm.provider :libvirt do |libvirt|',
            '    libvirt.cpus = 2',
            '    libvirt.memory = 2048',
            '    libvirt.storage_pool_name = "default"',
            '  end',
            '  config.vm.provision "file", source: "app.conf", destination: "/tmp/app.conf"',
            '  config.vm.provision "shell", inline: "install -m 644 /tmp/app.conf /etc/app.conf"',
            '  config.vm.provision "ansible", playbook: "site.yml"',
            'end',
            '',
          ),
        },
      },
      onClient(
        'The VM shows up in Innkeeper like any other. To have a box as a VM of its own, without Vagrant: “New VM”, “From another hypervisor’s file…”, and choose the .box file.',
      ),
    ],
    changes: [
      'A VM, a disk in the pool that is a layer on the box’s image, and the network “vagrant-libvirt”',
      'Boxes are kept in ~/.vagrant.d of the user',
    ],
    dangers: [
      'Everybody knows the key and the password (vagrant) of public boxes: let nobody reach such a VM from outside.',
      'Do not delete the image of a box in the pool while VMs are layers on it.',
      'Change VMs of Vagrant in the Vagrantfile: what is changed elsewhere is gone when they are made anew.',
    ],
    verify: [onHost('The VM runs.', lines('vagrant status', 'virsh list'))],
    undo: [onHost('Remove the VM, and the box.', lines('vagrant destroy', 'vagrant box remove my-box'))],
  }),
}
