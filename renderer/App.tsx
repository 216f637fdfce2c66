import { lazy, Suspense, useEffect } from 'react'
import { vmKey, type HostId } from '../shared/model/ids'
import { WelcomePage } from './features/connections/WelcomePage'
import { HostPage } from './features/hosts/HostPage'
import { PromptDialogs } from './features/prompts/PromptDialogs'
import { Dialogs } from './features/shell/Dialogs'
import { PageGuard } from './features/shell/PageGuard'
import { StatusBar } from './features/shell/StatusBar'
import { SubstituteBanner } from './features/shell/SubstituteBanner'
import { Toasts } from './features/shell/Toasts'
import { Sidebar } from './features/sidebar/Sidebar'
import { TasksPanel } from './features/tasks/TasksPanel'
import { AllUnfinishedCreations, UnfinishedCreations } from './features/unfinished/UnfinishedCreations'
import { AllVmsPage } from './features/vm-list/AllVmsPage'
import { HostVms } from './features/vm-list/HostVms'
import { VmPage } from './features/vm-page/VmPage'
import { WallPage } from './features/wall/WallPage'
import { extraHostTabs } from './extra-host-tabs'
import { useHost, useHosts } from './stores/hosts'
import { remember, useRemembered } from './stores/remembered'
import { routeKey, useRoute, type Route } from './stores/route'
import { clearSelection } from './stores/selection'
import { SplitPane } from './ui/SplitPane'
import './features/shell/shell.css'

const TopPage = lazy(() => import('./features/top/TopPage').then((module) => ({ default: module.TopPage })))

export function App({ isSubstituteRuntime }: { isSubstituteRuntime: boolean }) {
  const sidebarWidthPx = useRemembered((state) => state.sidebarWidthPx)
  return (
    <div className="app">
      {isSubstituteRuntime ? <SubstituteBanner /> : null}
      <SplitPane
        label="Width of the host list"
        side="left"
        sizePx={sidebarWidthPx}
        minPx={180}
        maxPx={480}
        onResize={(px) => remember({ sidebarWidthPx: px })}
        panel={<Sidebar />}
      >
        <MainArea />
      </SplitPane>
      <StatusBar />
      <Dialogs />
      <PromptDialogs />
      <Toasts />
    </div>
  )
}

function MainArea() {
  const route = useRoute((state) => state.route)
  const hasHosts = useHosts((state) => state.order.length > 0)
  const tasksOpen = useRemembered((state) => state.tasksOpen)
  const tasksHeightPx = useRemembered((state) => state.tasksHeightPx)
  const shown: Route = hasHosts ? route : { kind: 'welcome' }
  const key = routeKey(shown)
  // A selection nobody sees would be acted on by the menu.
  useEffect(clearSelection, [key])
  return (
    <SplitPane
      label="Height of the task list"
      side="bottom"
      sizePx={tasksHeightPx}
      minPx={90}
      maxPx={420}
      onResize={(px) => remember({ tasksHeightPx: px })}
      panel={tasksOpen ? <TasksPanel notices={<AllUnfinishedCreations />} /> : undefined}
    >
      <PageGuard key={key}>
        <Page route={shown} />
      </PageGuard>
    </SplitPane>
  )
}

function Page({ route }: { route: Route }) {
  switch (route.kind) {
    case 'welcome':
      return <WelcomePage />
    case 'all':
      return <AllVmsPage />
    case 'wall':
      return <WallPage />
    case 'top':
      return (
        <Suspense fallback={null}>
          <TopPage />
        </Suspense>
      )
    case 'host':
      return <ShownHost id={route.host} />
    case 'vm':
      return <VmPage key={vmKey(route.ref)} target={route.ref} tab={route.tab} />
  }
}

function ShownHost({ id }: { id: HostId }) {
  const host = useHost(id)
  const info = host?.status.kind === 'connected' ? host.status.info : host?.lastInfo
  return (
    <HostPage id={id} extraTabs={extraHostTabs(id, info)} notices={<UnfinishedCreations host={id} />}>
      <HostVms host={id} />
    </HostPage>
  )
}
