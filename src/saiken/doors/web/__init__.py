"""The pages and the REST interface: `create_app` makes the application of `saiken serve`."""

from saiken.doors.web.app import create_app as create_app
