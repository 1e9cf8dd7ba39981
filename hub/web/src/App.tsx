import { Route, Switch } from 'wouter';
import { BranchPage } from './branches/BranchPage';
import { CutRequestListPage } from './cut-requests/CutRequestListPage';
import { CutRequestPage } from './cut-requests/CutRequestPage';
import { NewCutRequestPage } from './cut-requests/NewCutRequestPage';
import { GuestPage } from './guests/GuestPage';
import { ConfirmEmailPage } from './identity/ConfirmEmailPage';
import { DevicePage } from './identity/DevicePage';
import { ForgotPasswordPage } from './identity/ForgotPasswordPage';
import { InvitationPage } from './identity/InvitationPage';
import { ResetPasswordPage } from './identity/ResetPasswordPage';
import { SetupPage } from './identity/SetupPage';
import { SignedIn } from './identity/SignedIn';
import { SignInPage } from './identity/SignInPage';
import { usePageChange } from './platform/usePageChange';
import { NotFound } from './platform/NotFound';
import { ProjectListPage } from './projects/ProjectListPage';
import { ProjectPage } from './projects/ProjectPage';
import { VersionPage } from './versions/VersionPage';

const project = '/o/:organization/:project';

export function App() {
  usePageChange();
  return (
    <Switch>
      <Route path="/setup" component={SetupPage} />
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/forgot-password" component={ForgotPasswordPage} />
      <Route path="/reset-password" component={ResetPasswordPage} />
      <Route path="/confirm-email" component={ConfirmEmailPage} />
      <Route path="/invitation" component={InvitationPage} />
      <Route path="/guest" component={GuestPage} />
      <Route>
        <SignedIn>
          <Switch>
            <Route path="/" component={ProjectListPage} />
            <Route path="/device" component={DevicePage} />
            <Route path={project} component={ProjectPage} />
            <Route path={`${project}/branches/:branch`} component={BranchPage} />
            <Route path={`${project}/versions/:version`} component={VersionPage} />
            <Route path={`${project}/cut-requests`} component={CutRequestListPage} />
            <Route path={`${project}/cut-requests/new`} component={NewCutRequestPage} />
            <Route path={`${project}/cut-requests/:number`} component={CutRequestPage} />
            <Route component={NotFound} />
          </Switch>
        </SignedIn>
      </Route>
    </Switch>
  );
}
