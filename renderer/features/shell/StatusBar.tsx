import { useMemo } from 'react'
import { isActive } from '../../../shared/model/vm'
import { useHosts } from '../../stores/hosts'
import { remember, useRemembered } from '../../stores/remembered'
import { useTasks } from '../../stores/tasks'
import { useVms } from '../../stores/vms'
import { Button } from '../../ui/Button'
import { TasksIcon } from '../../ui/icons/general'
import { ThemeMenu } from './ThemeMenu'

export function StatusBar() {
  const hosts = useHosts((state) => state.order.length)
  const connected = useHosts(
    ({ byId, order }) => order.filter((id) => byId[id]?.status.kind === 'connected').length,
  )
  const byKey = useVms((state) => state.byKey)
  const [total, active] = useMemo(() => {
    const vms = [...byKey.values()]
    return [vms.length, vms.filter(({ state }) => isActive(state)).length]
  }, [byKey])
  const running = useTasks(
    ({ byId }) => Object.values(byId).filter(({ state }) => state === 'running').length,
  )
  const isOpen = useRemembered((state) => state.tasksOpen)
  return (
    <footer className="status-bar">
      <span className="status-text" role="status">
        {hosts === 0
          ? 'No hosts yet'
          : `${count(hosts, 'host')}, ${connected} connected · ${count(total, 'virtual machine')}, ${active} running`}
      </span>
      <ThemeMenu />
      <Button
        variant="quiet"
        icon={TasksIcon}
        className="button-small"
        aria-pressed={isOpen}
        onPress={() => remember({ tasksOpen: !isOpen })}
      >
        {running === 0 ? 'Tasks' : `${count(running, 'task')} running`}
      </Button>
    </footer>
  )
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
